namespace Lyra.Interpreter.Library;

/// <summary>The procs of modules that are written in Lyra, because they are lazy or call a proc; see <see cref="Prelude"/>.</summary>
internal static class PreludeModules
{
    public static readonly string[] Sources =
    [
        """
        proc test_throws_2(kind, f) {
            prelude.checkProc(f, "test.throws")
            var thrown = nil
            try {
                f()
            } catch e {
                thrown = e
            }
            return prelude.checkThrown(kind, thrown)
        }
        """,
        """
        proc test_snapshot_2(name, value) {
            let path = prelude.snapshotPath(name)
            let text = prelude.snapshotText(value)
            if prelude.exists(path) {
                prelude.checkSnapshot(path, prelude.readText(path), text)
            } else {
                prelude.makeDir("snapshots")
                prelude.writeText(path, text)
            }
        }
        """,
        CsvLines("csv_lines_1(iterator)", "true", "\",\""),
        CsvLines("csv_lines_2(iterator, header)", "header", "\",\""),
        CsvLines("csv_lines_3(iterator, header = true, sep = \",\")", "header", "sep"),
    ];

    /// <summary>Reads records from lines: a record that a quote continues has several of them.</summary>
    private static string CsvLines(string head, string header, string separator) =>
        $$"""
        proc {{head}} {
            let hasHeader = {{header}} ?? true
            var names = nil
            var text = nil
            var count = 0
            var first = 0
            for line in iterator {
                count += 1
                let hasOdd = prelude.hasOddQuotes(line)
                let isOpen = if text is nil { hasOdd } else { not hasOdd }
                if text is nil {
                    first = count
                    text = line
                } else {
                    text += "\n" + line
                }
                if isOpen continue
                let fields = prelude.csvRecord(text, {{separator}} ?? ",", first)
                text = nil
                if fields is nil continue
                if not hasHeader {
                    yield fields
                } else if names is nil {
                    names = fields
                } else {
                    yield prelude.csvNamed(names, fields, first)
                }
            }
            if not (text is nil) { prelude.csvRecord(text, {{separator}} ?? ",", first) }
        }
        """;
}
