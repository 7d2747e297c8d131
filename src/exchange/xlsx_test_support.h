// For tests only: workbooks put together by hand, part by part.
#pragma once

#include <zip.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace daifuku::exchange::testing {

struct ZipPart {
  std::string name = {};
  std::string content = {};
  unsigned long attributes = 0;  // Upper half: Unix mode.
};

inline void write_zip(const std::filesystem::path& path, const std::vector<ZipPart>& parts) {
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  for (const ZipPart& part : parts) {
    zip_fileinfo info{};
    info.external_fa = part.attributes;
    zipOpenNewFileInZip64(zip, part.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                          Z_DEFLATED, Z_BEST_COMPRESSION, 0);
    zipWriteInFileInZip(zip, part.content.data(), static_cast<unsigned>(part.content.size()));
    zipCloseFileInZip(zip);
  }
  zipClose(zip, nullptr);
}

// The parts of the least workbook there is; a test replaces what it is about.
struct WorkbookParts {
  std::string sheet = {};    // Content of <sheetData>.
  std::string strings = {};  // <si> elements.
  std::string formats = {};  // <numFmt> elements.
  std::string styles = {};   // <xf> elements of cellXfs.
  std::string properties = {};
  std::map<std::string, std::string> extra = {};  // Further parts, or instead of those above.

  std::vector<ZipPart> parts() const {
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string relation =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
    const auto related = [&](std::string_view id, std::string_view type, std::string_view target) {
      return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + relation + "/" +
             std::string(type) + "\" Target=\"" + std::string(target) + "\"/>";
    };
    std::map<std::string, std::string> named = {
        {"[Content_Types].xml",
         xml + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
        {"_rels/.rels", xml + "<Relationships xmlns=\"" + package + "\">" +
                            related("rId1", "officeDocument", "xl/workbook.xml") +
                            "</Relationships>"},
        {"xl/workbook.xml",
         xml + "<workbook " + main + " xmlns:r=\"" + relation + "\">" + properties +
             "<sheets><sheet name=\"顧客\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
             "</workbook>"},
        {"xl/_rels/workbook.xml.rels", xml + "<Relationships xmlns=\"" + package + "\">" +
                                           related("rId1", "worksheet", "worksheets/sheet1.xml") +
                                           related("rId2", "sharedStrings", "sharedStrings.xml") +
                                           related("rId3", "styles", "/xl/styles.xml") +
                                           "</Relationships>"},
        {"xl/worksheets/sheet1.xml",
         xml + "<worksheet " + main + "><sheetData>" + sheet + "</sheetData></worksheet>"},
        {"xl/sharedStrings.xml", xml + "<sst " + main + ">" + strings + "</sst>"},
        {"xl/styles.xml", xml + "<styleSheet " + main + "><numFmts>" + formats +
                              "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                              "<cellXfs>" +
                              styles + "</cellXfs></styleSheet>"},
    };
    for (const auto& [name, content] : extra) named[name] = content;
    std::vector<ZipPart> out;
    for (const auto& [name, content] : named) out.push_back({name, content});
    return out;
  }
};

inline std::filesystem::path write_workbook(const std::filesystem::path& path,
                                            const WorkbookParts& workbook) {
  write_zip(path, workbook.parts());
  return path;
}

}  // namespace daifuku::exchange::testing
