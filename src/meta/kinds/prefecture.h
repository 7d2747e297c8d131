// The 47 prefectures as options: the stored key is the Japanese name. The catalog gives them to
// every field of the kind.
#pragma once

#include <vector>

#include "meta/field.h"

namespace daifuku::meta::kinds {

const std::vector<Option>& prefecture_options();

}  // namespace daifuku::meta::kinds
