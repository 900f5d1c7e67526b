struct Song { var title: String }
extension Song {
    struct Verse { var lines: [String] }
    enum Genre { case folk, rock }
    var verse: Verse { Verse(lines: [title, title]) }
    var genre: Genre { title.count > 3 ? .rock : .folk }
}
print(Song(title: "Sun").verse.lines, Song(title: "Moon").genre, Song.Verse(lines: []).lines.count)
// expect: ["Sun", "Sun"] rock 0
