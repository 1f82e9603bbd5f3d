# Writes the commit of the sources into a file, if it is another than the file has. Run at each build:
#   cmake -DROOT=<sources> -DOUT=<file> -DCOMMIT=<commit, or empty to ask git> -P commit.cmake
cmake_minimum_required(VERSION 3.25)

if(NOT COMMIT)
  execute_process(COMMAND git -C ${ROOT} describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT COMMIT)
  set(COMMIT unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT
  "extern const char* const kThiduaCommit;\nconst char* const kThiduaCommit = \"@COMMIT@\";\n")
