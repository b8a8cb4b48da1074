# The HTML report is written with packages of the npm registry, fetched when the
# build is configured: what their lock file names, into the build tree, and never
# their scripts. Sets ROOFLINE_HAS_HTML; a build that cannot have them does without.
option(ROOFLINE_HTML_REPORT "Build the HTML report where Node.js and npm are found" ON)

# roofline_install_node_packages(RESULT SOURCE FOLDER)
# Installs what SOURCE/package-lock.json names into FOLDER/node_modules, unless it is
# there. Sets RESULT to whether it is.
function(roofline_install_node_packages result source folder)
  set(${result} OFF PARENT_SCOPE)
  foreach(file package.json package-lock.json .npmrc)
    configure_file("${source}/${file}" "${folder}/${file}" COPYONLY)
  endforeach()
  file(SHA256 "${folder}/package-lock.json" lock)
  set(stamp "${folder}/node_modules/.roofline-lock")
  set(installed "")
  if(EXISTS "${stamp}")
    file(READ "${stamp}" installed)
  endif()
  if(NOT installed STREQUAL lock)
    execute_process(
      COMMAND "${ROOFLINE_NPM}" ci --ignore-scripts --no-audit --no-fund
        --loglevel=error --fetch-retries=1 --fetch-timeout=60000
      WORKING_DIRECTORY "${folder}" TIMEOUT 300
      RESULT_VARIABLE failure OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(failure)
      file(WRITE "${folder}/npm.log" "${output}")
      message(STATUS "npm could not install what ${source} needs; see ${folder}/npm.log")
      return()
    endif()
    file(WRITE "${stamp}" "${lock}")
  endif()
  set(${result} ON PARENT_SCOPE)
endfunction()

set(ROOFLINE_HAS_HTML OFF)
set(ROOFLINE_WEB_DIR ${PROJECT_BINARY_DIR}/lib/Report/Web)
if(ROOFLINE_HTML_REPORT)
  find_program(ROOFLINE_NODE NAMES node nodejs DOC "Node.js, 18 or later")
  find_program(ROOFLINE_NPM NAMES npm DOC "The package manager of Node.js")
  if(ROOFLINE_NODE AND ROOFLINE_NPM)
    roofline_install_node_packages(ROOFLINE_HAS_HTML
      ${PROJECT_SOURCE_DIR}/lib/Report/Web ${ROOFLINE_WEB_DIR})
  endif()
endif()
if(ROOFLINE_HAS_HTML)
  message(STATUS "HTML report: ${ROOFLINE_NODE}")
else()
  message(STATUS "No HTML report: 'roofline report --format=html' will say so; it "
    "needs Node.js and npm, which Debian has in nodejs and npm")
endif()
