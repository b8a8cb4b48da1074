# The verbs of this build: one per kind of target.

# Compile options and include paths shared by everything we compile; kept on the
# targets, so that nothing leaks into the directories of a user.
add_library(RooflineOptions INTERFACE)
target_compile_features(RooflineOptions INTERFACE cxx_std_17)
target_include_directories(RooflineOptions INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# An installed Roofline takes them from the MLIR that its configuration finds.
target_include_directories(RooflineOptions SYSTEM INTERFACE
  $<BUILD_INTERFACE:${LLVM_INCLUDE_DIRS}>
  $<BUILD_INTERFACE:${MLIR_INCLUDE_DIRS}>)
# The package builds LLVM without exceptions; 'override' warnings come from its
# headers only and are silenced by SYSTEM.
target_compile_options(RooflineOptions INTERFACE
  $<BUILD_INTERFACE:-fno-exceptions -Wall -Wextra -Wno-unused-parameter>)
set_target_properties(RooflineOptions PROPERTIES EXPORT_NAME Options)
install(TARGETS RooflineOptions EXPORT RooflineTargets)

# What a command that runs one of our programs in the build begins with. libMLIR
# poisons memory by LLVM's own rules, which a sanitized program that links it must
# not check.
set(ROOFLINE_RUN)
if(ROOFLINE_SANITIZED)
  set(ROOFLINE_RUN ${CMAKE_COMMAND} -E env
    ASAN_OPTIONS=allow_user_poisoning=0:detect_leaks=0)
endif()

# roofline_add_library(NAME SOURCE... [DEPENDS TARGET...] [LINK_LIBS LIB...]
#                      [MLIR_LIBS LIB...])
# A room: one static library. LINK_LIBS is the list of rooms it may know; MLIR
# libraries are named one by one in MLIR_LIBS and resolve to libMLIR.so. A user of
# the install tree links RooflineXyz as Roofline::Xyz.
function(roofline_add_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS;MLIR_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  string(REGEX REPLACE "^Roofline" "" export_name ${name})
  set_target_properties(${name} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    EXPORT_NAME ${export_name})
  target_link_libraries(${name} PUBLIC RooflineOptions ${ARG_LINK_LIBS})
  if(ARG_MLIR_LIBS)
    mlir_target_link_libraries(${name} PUBLIC ${ARG_MLIR_LIBS})
  else()
    target_link_libraries(${name} PUBLIC LLVM)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  install(TARGETS ${name} EXPORT RooflineTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# roofline_embed_files(OUTPUT FUNCTION FILE...)
# OUTPUT, a C++ file, with data files of the current folder as bytes;
# `roofline::FUNCTION()` gives them in the order named here.
function(roofline_embed_files output function)
  set(script ${PROJECT_SOURCE_DIR}/lib/cmake/EmbedFiles.cmake)
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE inputs)
  add_custom_command(OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} -D "OUTPUT=${output}" -D "FUNCTION=${function}"
      -D "ROOT=${CMAKE_CURRENT_SOURCE_DIR}" -D "FILES=${ARGN}" -P "${script}"
    DEPENDS ${inputs} "${script}"
    COMMENT "Embedding files for ${function}"
    VERBATIM)
endfunction()

# roofline_add_tool(NAME SOURCE... [LINK_LIBS LIB...])
function(roofline_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# roofline_add_unittest(NAME SOURCE... [LINK_LIBS LIB...])
# One GoogleTest binary, registered with CTest test by test.
function(roofline_add_unittest name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/test/Unit)
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120)
endfunction()
