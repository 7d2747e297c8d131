# The target daifuku_ui: the web UI inside the program.
#
#   #include "ui_files.h"
#   std::span<const daifuku::http::EmbeddedFile> daifuku::ui_files();
#
# DAIFUKU_UI=ON: builds web/ (npm run build) when its sources change and embeds web/dist. Without web/package.json a
# web/dist that is there is embedded; with neither, and with DAIFUKU_UI=OFF, the table is empty and the server has
# its API only (or --ui-dir).

set(ui_generated ${CMAKE_BINARY_DIR}/ui)
set(ui_web ${CMAKE_SOURCE_DIR}/web)
set(ui_dist ${ui_web}/dist)
file(MAKE_DIRECTORY ${ui_generated})

# Looked at again at every build, so that configuring need not be repeated by hand when files come and go.
file(GLOB ui_package CONFIGURE_DEPENDS ${ui_web}/package.json)
file(GLOB ui_dist_index CONFIGURE_DEPENDS ${ui_dist}/index.html)

file(CONFIGURE OUTPUT ${ui_generated}/ui_files.h CONTENT [[
// The files of the web UI; empty when the program was built without it.
#pragma once

#include <span>

#include "http/static_files.h"

namespace daifuku {

std::span<const http::EmbeddedFile> ui_files();

}  // namespace daifuku
]] @ONLY)

set(ui_source ${ui_generated}/ui_files.cpp)
set(ui_embed node ${CMAKE_SOURCE_DIR}/cmake/embed_ui.mjs ${ui_dist} ${ui_generated})

if(DAIFUKU_UI AND ui_package)
  # The manual is part of the screens.
  file(GLOB_RECURSE ui_sources CONFIGURE_DEPENDS ${ui_web}/src/* ${ui_web}/public/* ${CMAKE_SOURCE_DIR}/docs/*.md ${CMAKE_SOURCE_DIR}/docs/images/*)
  list(FILTER ui_sources EXCLUDE REGEX "\\.test\\.tsx?$")
  file(GLOB ui_settings CONFIGURE_DEPENDS
    ${ui_web}/index.html ${ui_web}/package-lock.json ${ui_web}/vite.*.ts ${ui_web}/tsconfig*.json)
  add_custom_command(
    OUTPUT ${ui_generated}/built.stamp
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${ui_web} -P ${CMAKE_SOURCE_DIR}/cmake/check_node_modules.cmake
    COMMAND npm run --silent build
    COMMAND ${CMAKE_COMMAND} -E touch ${ui_generated}/built.stamp
    WORKING_DIRECTORY ${ui_web}
    DEPENDS ${ui_package} ${ui_settings} ${ui_sources} ${CMAKE_SOURCE_DIR}/cmake/check_node_modules.cmake
    COMMENT "Building the web UI"
    VERBATIM)
  add_custom_command(
    OUTPUT ${ui_source}
    BYPRODUCTS ${ui_generated}/ui.bin
    COMMAND ${ui_embed}
    DEPENDS ${ui_generated}/built.stamp ${CMAKE_SOURCE_DIR}/cmake/embed_ui.mjs
    COMMENT "Embedding the web UI"
    VERBATIM)
elseif(DAIFUKU_UI AND ui_dist_index)
  file(GLOB_RECURSE ui_dist_files CONFIGURE_DEPENDS ${ui_dist}/*)
  add_custom_command(
    OUTPUT ${ui_source}
    BYPRODUCTS ${ui_generated}/ui.bin
    COMMAND ${ui_embed}
    DEPENDS ${ui_dist_files} ${CMAKE_SOURCE_DIR}/cmake/embed_ui.mjs
    COMMENT "Embedding the web UI as it is in web/dist"
    VERBATIM)
else()
  set(ui_source ${ui_generated}/ui_none.cpp)
  file(CONFIGURE OUTPUT ${ui_source} CONTENT [[
#include "ui_files.h"

namespace daifuku {

std::span<const http::EmbeddedFile> ui_files() { return {}; }

}  // namespace daifuku
]] @ONLY)
endif()

add_library(daifuku_ui STATIC ${ui_source})
target_include_directories(daifuku_ui PUBLIC ${ui_generated})
target_link_libraries(daifuku_ui PUBLIC daifuku_http)
