package dev.refract.manifest.mini;

import dev.refract.manifest.mini.Figure.Task;
import java.util.ArrayList;
import java.util.List;

/// Invoices, timetables, minutes and membership forms of invented firms and people.
final class Documents {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 440;

  private Documents() {}

  static Figure draw(String id, int index, Words words) {
    return switch (index % 4) {
      case 0 -> invoice(id, words);
      case 1 -> timetable(id, words);
      case 2 -> minutes(id, words);
      default -> form(id, words);
    };
  }

  private static Figure invoice(String id, Words words) {
    String firm = words.one(Words.FIRMS);
    String customer = words.one(Words.PEOPLE);
    String date = words.date();
    int number = words.between(1200, 9800);
    List<String> goods = words.some(Words.GOODS, 4);
    List<Integer> amounts = words.apart(4, 12, 240, 9);
    int total = amounts.stream().mapToInt(Integer::intValue).sum();
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      rows.append(goods.get(i)).append(": ").append(amounts.get(i)).append(" euros\n");
    }
    String description =
        "Invoice number %d from %s.\nBilled to: %s\nDate: %s\n%sTotal: %d euros."
            .formatted(number, firm, customer, date, rows, total);
    List<Task> tasks =
        List.of(
            Task.text("Who is the invoice billed to?", customer),
            Task.number(
                "How many euros does the %s cost?"
                    .formatted(goods.get(1).toLowerCase(java.util.Locale.ROOT)),
                amounts.get(1)),
            firmChoice("Which firm issued the invoice?", firm, words),
            Task.twoValues(
                "How many euros do the %s and the %s cost together?"
                    .formatted(
                        goods.get(0).toLowerCase(java.util.Locale.ROOT),
                        goods.get(2).toLowerCase(java.util.Locale.ROOT)),
                amounts.get(0) + amounts.get(2)));
    return new Figure(
        id,
        "document",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.bold("INVOICE", 40, 56, 28, Ink.BLACK);
          ink.endingAt(firm, 560, 56, 17, Ink.BLACK);
          ink.text("Invoice number: " + number, 40, 96, 15, Ink.BLACK);
          ink.text("Date: " + date, 40, 122, 15, Ink.BLACK);
          ink.text("Billed to: " + customer, 40, 148, 15, Ink.BLACK);
          ink.fill(40, 176, 520, 30, Ink.PALE);
          ink.bold("Item", 50, 197, 15, Ink.BLACK);
          ink.endingAt("Amount (euros)", 550, 197, 15, Ink.BLACK);
          for (int i = 0; i < 4; i++) {
            int y = 232 + i * 36;
            ink.text(goods.get(i), 50, y, 16, Ink.BLACK);
            ink.endingAt("" + amounts.get(i), 550, y, 16, Ink.BLACK);
            ink.line(40, y + 12, 560, y + 12, Ink.PALE);
          }
          ink.bold("Total", 50, 390, 17, Ink.BLACK);
          ink.endingAt("" + total, 550, 390, 17, Ink.BLACK);
        });
  }

  private static Figure timetable(String id, Words words) {
    String line = "Line " + words.between(2, 48);
    List<String> stops = words.some(Words.TOWNS, 5);
    int operator = words.between(0, Words.FIRMS.size() - 1);
    String firm = Words.FIRMS.get(operator);
    int start = words.between(6, 9) * 60 + words.between(0, 50);
    List<Integer> platforms = words.apart(5, 1, 19, 1);
    List<Integer> fares = words.apart(5, 3, 60, 3);
    List<String> times = new ArrayList<>();
    int minute = start;
    for (int i = 0; i < 5; i++) {
      times.add("%02d:%02d".formatted(minute / 60, minute % 60));
      minute += words.between(7, 25);
    }
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      rows.append(
          "%s: departs %s, platform %d, fare %d.\n"
              .formatted(stops.get(i), times.get(i), platforms.get(i), fares.get(i)));
    }
    String description =
        "Timetable of bus %s, run by %s. Fares in crowns.\n%s".formatted(line, firm, rows).strip();
    List<Task> tasks =
        List.of(
            Task.text(
                "At what time does the bus depart from %s?".formatted(stops.get(2)), times.get(2)),
            Task.number(
                "What is the fare from %s, in crowns?".formatted(stops.get(3)), fares.get(3)),
            firmChoice("Which firm runs the bus?", firm, words),
            Task.twoValues(
                "What do the fares of %s and %s add up to?".formatted(stops.get(0), stops.get(1)),
                fares.get(0) + fares.get(1)));
    return new Figure(
        id,
        "document",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.bold("Bus " + line, 40, 54, 26, Ink.BLACK);
          ink.text("Run by " + firm, 40, 86, 15, Ink.GREY);
          ink.fill(40, 110, 520, 32, Ink.HUES.get(0));
          String[] heads = {"Stop", "Departs", "Platform", "Fare (crowns)"};
          int[] columns = {52, 200, 310, 430};
          for (int c = 0; c < 4; c++) {
            ink.bold(heads[c], columns[c], 132, 15, java.awt.Color.WHITE);
          }
          for (int i = 0; i < 5; i++) {
            int y = 172 + i * 46;
            ink.text(stops.get(i), columns[0], y, 16, Ink.BLACK);
            ink.text(times.get(i), columns[1], y, 16, Ink.BLACK);
            ink.text("" + platforms.get(i), columns[2], y, 16, Ink.BLACK);
            ink.text("" + fares.get(i), columns[3], y, 16, Ink.BLACK);
            ink.line(40, y + 15, 560, y + 15, Ink.PALE);
          }
        });
  }

  private static Figure minutes(String id, Words words) {
    List<String> people = words.some(Words.PEOPLE, 3);
    String town = words.one(Words.TOWNS);
    String date = words.date();
    int present = words.between(7, 38);
    List<Integer> votes = words.apart(2, 3, 60, 4);
    int budget = words.between(12, 95) * 100;
    String firm = words.one(Words.FIRMS);
    String description =
        ("Minutes of the town council of %s, %s.\nChair: %s\nSecretary: %s\nMembers present: %d\n"
                + "Votes for: %d\nVotes against: %d\nThe council approved a budget of %d crowns for"
                + " the new bridge. The work goes to %s. Proposed by %s.")
            .formatted(
                town,
                date,
                people.get(0),
                people.get(1),
                present,
                votes.get(0),
                votes.get(1),
                budget,
                firm,
                people.get(2));
    List<Task> tasks =
        List.of(
            Task.text("Who is the secretary?", people.get(1)),
            Task.number("How many crowns were approved for the bridge?", budget),
            firmChoice("Which firm does the work?", firm, words),
            Task.twoValues(
                "How many votes were cast in total, for and against?",
                votes.get(0) + votes.get(1)));
    return new Figure(
        id,
        "document",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.centredBold("Town Council of " + town, 300, 50, 22, Ink.BLACK);
          ink.centred("Minutes of the meeting of " + date, 300, 80, 15, Ink.GREY);
          ink.line(40, 98, 560, 98, Ink.GREY);
          ink.text("Chair: " + people.get(0), 50, 134, 16, Ink.BLACK);
          ink.text("Secretary: " + people.get(1), 50, 164, 16, Ink.BLACK);
          ink.text("Members present: " + present, 50, 194, 16, Ink.BLACK);
          ink.text("Votes for: " + votes.get(0), 50, 224, 16, Ink.BLACK);
          ink.text("Votes against: " + votes.get(1), 50, 254, 16, Ink.BLACK);
          ink.text(
              "The council approved a budget of " + budget + " crowns", 50, 304, 16, Ink.BLACK);
          ink.text("for the new bridge. The work goes to", 50, 330, 16, Ink.BLACK);
          ink.text(firm + ".", 50, 356, 16, Ink.BLACK);
          ink.text("Proposed by " + people.get(2), 50, 400, 16, Ink.GREY);
        });
  }

  private static Figure form(String id, Words words) {
    String name = words.one(Words.PEOPLE);
    String town = words.one(Words.TOWNS);
    String date = words.date();
    String firm = words.one(Words.FIRMS);
    int member = words.between(10_000, 99_999);
    int fee = words.between(20, 90);
    int donation = words.between(5, 80);
    int age = words.between(18, 79);
    String description =
        ("Membership form of %s.\nName: %s\nTown: %s\nMember number: %d\nAge: %d\nYearly fee: %d"
                + " crowns\nDonation: %d crowns\nSigned on: %s")
            .formatted(firm, name, town, member, age, fee, donation, date);
    List<Task> tasks =
        List.of(
            Task.text("On which date was the form signed?", date),
            Task.number("What is the member number?", member),
            firmChoice("Whose membership form is this?", firm, words),
            Task.twoValues(
                "How many crowns are the yearly fee and the donation together?", fee + donation));
    return new Figure(
        id,
        "document",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.bold(firm, 40, 50, 22, Ink.HUES.get(2));
          ink.text("Membership form", 40, 80, 17, Ink.GREY);
          String[][] rows = {
            {"Name", name},
            {"Town", town},
            {"Member number", "" + member},
            {"Age", "" + age},
            {"Yearly fee", fee + " crowns"},
            {"Donation", donation + " crowns"},
            {"Signed on", date}
          };
          for (int i = 0; i < rows.length; i++) {
            int y = 128 + i * 42;
            ink.text(rows[i][0] + ":", 50, y, 16, Ink.GREY);
            ink.text(rows[i][1], 240, y, 16, Ink.BLACK);
            ink.line(236, y + 8, 550, y + 8, Ink.PALE);
          }
        });
  }

  private static Task firmChoice(String question, String right, Words words) {
    List<String> choices = new ArrayList<>(words.some(Words.FIRMS, 4));
    if (!choices.contains(right)) {
      choices.set(words.between(0, 3), right);
    }
    return Task.choice(question, List.copyOf(choices), right);
  }
}
