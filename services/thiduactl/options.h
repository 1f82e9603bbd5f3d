// Values of options as they are typed, shared by commands.
#ifndef THIDUA_SERVICES_THIDUACTL_OPTIONS_H_
#define THIDUA_SERVICES_THIDUACTL_OPTIONS_H_

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>

#include "thidua/reporting/v1/submission.pb.h"

namespace thiduactl {

// Adds `--kind estimate|final`, which sets `kind`.
inline CLI::Option* AddKindOption(CLI::App& app, std::string& kind) {
  return app.add_option("--kind", kind, "estimate or final")
      ->check(CLI::IsMember({"estimate", "final"}));
}

// Unspecified if `kind` is empty.
inline thidua::reporting::v1::ValueKind ParseKind(const std::string& kind) {
  if (kind == "estimate") return thidua::reporting::v1::VALUE_KIND_ESTIMATE;
  if (kind == "final") return thidua::reporting::v1::VALUE_KIND_FINAL;
  return thidua::reporting::v1::VALUE_KIND_UNSPECIFIED;
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_OPTIONS_H_
