package dev.refract.manifest.mini;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Seeded draws from pools of invented names, so that no model can know an answer beforehand.
final class Words {

  static final List<String> TOWNS =
      List.of(
          "Aldermoor",
          "Brackwell",
          "Caldera",
          "Dunholm",
          "Eastmere",
          "Fenwick",
          "Garrowby",
          "Hollin",
          "Istrad",
          "Jarrow Bay",
          "Kestrel",
          "Lindow",
          "Marrick",
          "Norholt",
          "Oxmoor",
          "Penhale",
          "Quernby",
          "Rosmarin",
          "Selwick",
          "Tarnside");
  static final List<String> PEOPLE =
      List.of(
          "Ada Holm",
          "Bruno Castell",
          "Clara Voss",
          "Dario Lindt",
          "Edda Marsh",
          "Felix Okoro",
          "Greta Sand",
          "Hugo Tamm",
          "Ines Calder",
          "Jonas Reed",
          "Karin Bloom",
          "Leo Varga",
          "Mina Sorel",
          "Nils Aker",
          "Olga Dunn",
          "Pavel Rusk");
  static final List<String> FIRMS =
      List.of(
          "Northgate Supplies",
          "Blue Heron Press",
          "Tidewater Tools",
          "Granite Foods",
          "Lantern Books",
          "Copper Lane Optics",
          "Willow & Finch",
          "Harbour Freight Line",
          "Meridian Paper",
          "Sable Instruments");
  static final List<String> GOODS =
      List.of(
          "Desk lamp",
          "Paper ream",
          "Office chair",
          "Cable set",
          "Notebook",
          "Toner box",
          "Glass jar",
          "Tool belt",
          "Wall clock",
          "Ink bottle",
          "Steel ruler",
          "Parcel tape");
  static final List<String> BOARDS =
      List.of(
          "Harbour Statistics Board",
          "Institute of Regional Data",
          "Open Survey Office",
          "Civic Numbers Project",
          "Bureau of Small Counts");
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private final Random random;

  Words(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L); // neighbouring seeds start alike otherwise
  }

  <T> T one(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  <T> List<T> some(List<T> pool, int count) {
    List<T> copy = new ArrayList<>(pool);
    Collections.shuffle(copy, random);
    return List.copyOf(copy.subList(0, count));
  }

  /// An integer in [low, high].
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /// `count` distinct integers in [low, high], at least `gap` apart, in random order.
  List<Integer> apart(int count, int low, int high, int gap) {
    List<Integer> values = new ArrayList<>();
    while (values.size() < count) {
      int value = between(low, high);
      if (values.stream().allMatch(other -> Math.abs(other - value) >= gap)) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  List<String> shuffled(List<String> values) {
    return some(values, values.size());
  }

  String date() {
    return between(1, 28) + " " + one(MONTHS) + " " + between(2019, 2026);
  }
}
