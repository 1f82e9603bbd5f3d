// How a document speaks: its language, and how figures and days are written in it.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_VOICE_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_VOICE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "services/awards/documents/order.h"
#include "services/awards/domain/rubric.h"

namespace awards::documents {

// A value.
class Voice {
 public:
  explicit Voice(Language language) : is_vietnamese_(language == Language::kVietnamese) {}

  bool is_vietnamese() const { return is_vietnamese_; }
  // The tag of BCP 47.
  std::string_view tag() const { return is_vietnamese_ ? "vi" : "en"; }

  // The one of the two that is in this language.
  std::string operator()(std::string_view vi, std::string_view en) const {
    return std::string(is_vietnamese_ ? vi : en);
  }
  // The Vietnamese one where there is no English.
  const std::string& operator()(const LocalizedText& text) const {
    return is_vietnamese_ || text.en.empty() ? text.vi : text.en;
  }

  // A decimal of the contract as people write it: `-1234.50` is `-1.234,50` in Vietnamese and
  // `-1,234.50` in English. Not a digit is lost or added. What is no decimal stays as it is.
  std::string Number(std::string_view decimal) const;

  // A small number of things: `02` in Vietnamese documents, `2` in English.
  std::string Count(size_t count) const;

  // The arithmetic of a line. In Vietnamese decimals get their comma, and arguments are set apart
  // by semicolons: `min(2.5, 0.25 × 3)` is `min(2,5; 0,25 × 3)`. Ids in brackets stay.
  std::string Working(std::string_view working) const;

  // `ngày 05 tháng 02 năm 2020`, with zeros as the decree on documents wants them; `5 February
  // 2020`. Dots to be filled in if there is none.
  std::string Day(const std::optional<absl::CivilDay>& day) const;

  // `text`, or dots to be filled in if it is empty.
  std::string OrDots(std::string_view text) const;

 private:
  bool is_vietnamese_;
};

// Whether `text` is a decimal of the contract, at any length; trailing zeros are welcome.
bool IsDecimal(std::string_view text);

// The number as the chapters of a document are counted, such as `IV`; 1 to 39.
std::string Roman(size_t number);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_VOICE_H_
