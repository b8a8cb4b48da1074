//===- Hottest.h - The hottest of many ---------------------------*- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_HOTTEST_H
#define ROOFLINE_LIB_DRIVER_HOTTEST_H

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <vector>

namespace roofline {

/// Keeps the hottest items of a walk in memory that does not grow with it. Of
/// equally hot ones the earlier comes first.
template <typename T> class Hottest {
public:
  /// Keeps at most `limit` items; all of them where it is 0.
  explicit Hottest(size_t limit) : limit(limit) {}

  /// Offers the next item; `heat` decides.
  void add(double heat, T item) {
    Entry entry{heat, count++, std::move(item)};
    if (limit != 0 && heap.size() == limit) {
      if (!isHotter(entry, heap.front()))
        return;
      std::pop_heap(heap.begin(), heap.end(), isHotter);
      heap.pop_back();
    }
    heap.push_back(std::move(entry));
    std::push_heap(heap.begin(), heap.end(), isHotter);
  }

  /// How many items were offered.
  size_t offered() const { return count; }

  /// The kept items, hottest first.
  std::vector<T> take() {
    llvm::sort(heap, isHotter);
    std::vector<T> items;
    items.reserve(heap.size());
    for (Entry &entry : heap)
      items.push_back(std::move(entry.item));
    heap.clear();
    return items;
  }

private:
  struct Entry {
    double heat;
    size_t index;
    T item;
  };

  static bool isHotter(const Entry &lhs, const Entry &rhs) {
    if (lhs.heat != rhs.heat)
      return lhs.heat > rhs.heat;
    return lhs.index < rhs.index;
  }

  size_t limit;
  size_t count = 0;
  /// The coldest is at the front.
  std::vector<Entry> heap;
};

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_HOTTEST_H
