// The parts of an XLSX that say what is in it: sheets, number formats, the date system.
#pragma once

#include <string>
#include <vector>

#include "exchange/xlsx_archive.h"
#include "exchange/xlsx_format.h"

namespace daifuku::exchange {

struct Workbook {
  struct Sheet {
    SheetInfo info = {};
    std::string part = {};
  };
  std::vector<Sheet> sheets = {};  // Worksheets only, in the order of the tabs.
  std::string shared_strings = {};
  bool date1904 = false;
  std::vector<NumberFormat> formats = {};       // Distinct ones; the first is plain.
  std::vector<std::size_t> style_formats = {};  // By cell style, into `formats`.

  const NumberFormat& format(std::size_t style) const {
    return formats[style < style_formats.size() ? style_formats[style] : 0];
  }
};

// Throws AppError workbook_damaged when there is no workbook in the archive.
Workbook read_workbook(XlsxArchive& archive);

}  // namespace daifuku::exchange
