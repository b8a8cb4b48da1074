# Fails where docs/generated is not what the sources say:
#   cmake -D FRESH=... -D COMMITTED=... -P GeneratedDocs.cmake
file(GLOB fresh RELATIVE "${FRESH}" "${FRESH}/*.md")
file(GLOB committed RELATIVE "${COMMITTED}" "${COMMITTED}/*")
if(NOT fresh)
  message(FATAL_ERROR "nothing in ${FRESH}: build roofline-generated-docs first")
endif()

set(stale)
foreach(name IN LISTS fresh committed)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E compare_files "${FRESH}/${name}" "${COMMITTED}/${name}"
    RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
  if(differs)
    list(APPEND stale "${name}")
  endif()
endforeach()
if(stale)
  list(REMOVE_DUPLICATES stale)
  list(JOIN stale ", " stale)
  message(FATAL_ERROR "docs/generated is stale: ${stale}; build the target "
    "roofline-doc and commit what it changes")
endif()
