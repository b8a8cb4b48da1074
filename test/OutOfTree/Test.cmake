# Installs Roofline into a folder of its own, runs what is installed, and builds and
# runs the project in this folder against it. Variables: ROOFLINE_BUILD and
# ROOFLINE_VERSION (what is tested), WORK (a folder to empty and use), LLVM_TOOLS,
# and what the build shares with the project: GENERATOR, COMPILER, LAUNCHER,
# BUILD_TYPE, FLAGS, LIBDIR, SANITIZED.
set(source "${CMAKE_CURRENT_LIST_DIR}")
set(prefix "${WORK}/prefix")
set(build "${WORK}/build")
# What is left of an earlier run must not help this one.
file(REMOVE_RECURSE "${WORK}")

# run(COMMAND...): runs a command; its output is shown where it fails.
function(run)
  execute_process(COMMAND ${ARGN}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}: ${result}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# expect(TEXT): the last command printed it.
function(expect text)
  string(FIND "${output}" "${text}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "expected '${text}' in:\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${ROOFLINE_BUILD} --prefix ${prefix})

# What is installed runs where it is.
run(${prefix}/bin/roofline --version)
expect("${ROOFLINE_VERSION}")
file(READ ${prefix}/share/bash-completion/completions/roofline output)
expect("complete -F _roofline roofline")
file(READ ${prefix}/share/zsh/site-functions/_roofline output)
expect("#compdef roofline")
file(READ ${prefix}/share/man/man1/roofline-report.1 output)
expect(".TH ROOFLINE-REPORT 1")
run(${prefix}/bin/roofline targets h200)
expect("989.4 TFLOP/s")
run(${prefix}/bin/roofline-opt --list-passes)
expect("--roofline-estimate")
run(${prefix}/bin/roofline-lsp-server --help)
if(NOT SANITIZED)
  # A sanitized plugin does not load into a program that is not.
  run(${LLVM_TOOLS}/mlir-opt ${source}/swish.mlir --allow-unregistered-dialect
    --load-dialect-plugin=${prefix}/${LIBDIR}/RooflinePlugin.so
    --load-pass-plugin=${prefix}/${LIBDIR}/RooflinePlugin.so --list-passes)
endif()

set(tool "${build}/swish-opt")
run(${CMAKE_COMMAND} -S ${source} -B ${build} -G ${GENERATOR}
  "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}"
  "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
  "-DRoofline_DIR=${prefix}/${LIBDIR}/cmake/Roofline")
run(${CMAKE_COMMAND} --build ${build})

# The passes count the project's ops in its tool ...
set(pipeline "builtin.module(roofline{targets=h200})")
set(annotated "${WORK}/annotated.mlir")
run(${tool} ${source}/swish.mlir "--pass-pipeline=${pipeline}" -o ${annotated})
run(${LLVM_TOOLS}/FileCheck ${source}/swish.mlir --input-file=${annotated})
# ... and so does the report.
run(${tool} ${source}/swish.mlir -o ${WORK}/unchanged.mlir
  "--pass-pipeline=builtin.module(roofline-report{targets=h200})")
expect("special_bf16 29.36 Mop")
expect("no rule for 'swish.lookup'")
message(STATUS "installed, built against and run")
