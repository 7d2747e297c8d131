// The checkout that the unit tests were built from: where they find their data. Not part of the
// product.
#pragma once

namespace daifuku {

extern const char* const kSourceDir;

}  // namespace daifuku
