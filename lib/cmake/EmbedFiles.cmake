# Writes a C++ file that holds data files as bytes, behind a function
# `llvm::ArrayRef<roofline::BuiltinFile> roofline::FUNCTION()`.
#
#   cmake -D OUTPUT=FILE -D FUNCTION=NAME -D ROOT=FOLDER -D "FILES=a.yaml;b/c.yaml"
#     -P EmbedFiles.cmake
#
# Bytes, and not text through configure_file, because a file may contain any
# character that CMake or C++ would interpret.
set(arrays "")
set(entries "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  # Short lines, for the compilers' sake.
  string(REGEX REPLACE "(('.x..',)('.x..',)?('.x..',)?('.x..',)?('.x..',)?('.x..',)?('.x..',)?('.x..',)?)"
    "\\1\n    " bytes "${bytes}")
  string(APPEND arrays "constexpr char file${index}[] = {\n    ${bytes}'\\0'};\n")
  string(APPEND entries
    "      {\"${file}\", {file${index}, sizeof(file${index}) - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Written by EmbedFiles.cmake.

#include \"roofline/Model/BuiltinFile.h\"

#include \"llvm/ADT/ArrayRef.h\"

namespace roofline {

llvm::ArrayRef<BuiltinFile> ${FUNCTION}();

} // namespace roofline

namespace {
${arrays}} // namespace

llvm::ArrayRef<roofline::BuiltinFile> roofline::${FUNCTION}() {
  static constexpr BuiltinFile files[] = {
${entries}  };
  return files;
}
")
