# Makes a page of what mlir-tblgen wrote:
#   cmake -D TITLE=... -D INPUT=... -D OUTPUT=... -P FinishGenerated.cmake
# Lists of CMake break at ';' and brackets, so the text is changed as a whole only.
file(READ "${INPUT}" text)

# One heading of the first level, ours.
string(REGEX REPLACE "\n# [^\n]*\n" "\n" text "${text}")
if(NOT text MATCHES "\n## ")
  string(REGEX REPLACE "\n##(#+ )" "\n#\\1" text "${text}")
endif()
string(REGEX REPLACE "^(<!--[^\n]*-->\n)" "\\1\n# ${TITLE}\n" text "${text}")
# A mark that only some renderers know.
string(REPLACE "\n[TOC]\n" "" text "${text}")
# The generator says so of methods that have a default implementation, too; which
# do is in their descriptions.
string(REPLACE "\nNOTE: This method *must* be implemented by the user.\n" ""
  text "${text}")

string(REGEX REPLACE "[ \t]+\n" "\n" text "${text}")
string(REGEX REPLACE "\n\n\n+" "\n\n" text "${text}")
string(REGEX REPLACE "\n+$" "\n" text "${text}")
file(WRITE "${OUTPUT}" "${text}")
