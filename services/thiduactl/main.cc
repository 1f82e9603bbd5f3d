#include <unistd.h>

#include <iostream>

#include "services/thiduactl/program.h"

int main(int argc, char** argv) {
  const thiduactl::Console console{
      .out = std::cout, .err = std::cerr, .is_terminal = isatty(STDERR_FILENO) != 0};
  return static_cast<int>(thiduactl::RunProgram(argc, argv, console));
}
