# The table of postal codes inside the text layer: scripts/build_postal.mjs makes it from the npm package yubin, and
# src/text/postal_data.cpp embeds it. With -DDAIFUKU_POSTAL=OFF (no Node packages at hand) the table is empty and nothing
# is found by a postal code.

option(DAIFUKU_POSTAL "Build the table of postal codes from web/node_modules" ON)
set(postal_table ${CMAKE_BINARY_DIR}/postal.bin)
if(DAIFUKU_POSTAL)
  add_custom_command(
    OUTPUT ${postal_table}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_SOURCE_DIR}/web -P ${CMAKE_SOURCE_DIR}/cmake/check_node_modules.cmake
    COMMAND node ${CMAKE_SOURCE_DIR}/scripts/build_postal.mjs ${CMAKE_SOURCE_DIR}/web ${postal_table}
    DEPENDS ${CMAKE_SOURCE_DIR}/scripts/build_postal.mjs ${CMAKE_SOURCE_DIR}/web/package-lock.json
    COMMENT "Making the table of postal codes"
    VERBATIM)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/text/postal_data.cpp PROPERTIES
    OBJECT_DEPENDS ${postal_table}
    COMPILE_DEFINITIONS "DAIFUKU_POSTAL_TABLE=\"${postal_table}\"")
endif()
if(TARGET text_test)
  target_link_libraries(text_test PRIVATE ZLIB::ZLIB)  # The reference data that the table is tested against is packed.
endif()
