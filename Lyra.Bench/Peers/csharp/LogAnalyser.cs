using System.Globalization;

// a log analyser: n lines are generated and parsed; groups by host, path and minute, percentiles, top lists, sessions
static class LogAnalyser
{
    const int SessionGap = 1800;

    static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT"];
    static readonly int[] Statuses = [200, 200, 200, 200, 304, 302, 404, 500];
    static readonly string[] Files = ["app.js", "site.css", "logo.png"];

    sealed record Entry(string Host, string? User, int Time, string Method, string Path, int Status, int Size, int Duration);

    static string MakePath(Func<int, int> random) => random(6) switch
    {
        0 => "/",
        1 => $"/items/{random(500)}",
        2 => $"/items/{random(500)}/reviews?page={random(9)}",
        3 => $"/search?q=word{random(90)}",
        4 => $"/users/{random(300)}/orders",
        _ => $"/static/{Files[random(3)]}",
    };

    static List<string> MakeLines(int n, Func<int, int> random)
    {
        int time = 86400;
        var lines = new List<string>();
        for (int i = 0; i < n; i++)
        {
            time += random(10);
            if (random(60) == 0)
            {
                lines.Add("-- log rotated --");
                continue;
            }
            string stamp = $"{time / 86400:00}/Mar/2026:{time / 3600 % 24:00}:{time / 60 % 60:00}:{time % 60:00}";
            string user = random(4) == 0 ? "-" : $"user{random(300)}";
            string request = $"{Methods[random(5)]} {MakePath(random)}";
            int slow = random(40) == 0 ? 1000 : 0;
            string rest = $"{Statuses[random(8)]} {random(20000)} {5 + random(40) * (1 + random(6)) + slow}";
            lines.Add($"web{random(6)} {user} [{stamp}] \"{request}\" {rest}");
        }
        return lines;
    }

    static int ToInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // Seconds, from "[05/Mar/2026:12:34:56]".
    static int ParseTime(string text)
    {
        int day = ToInt(text[1..3]);
        return text[13..21].Split(':') is [var hours, var minutes, var seconds]
            ? ((day * 24 + ToInt(hours)) * 60 + ToInt(minutes)) * 60 + ToInt(seconds)
            : throw new FormatException(text);
    }

    // The path without its query, and with ":id" for numbers.
    static string Normalize(string target)
    {
        string[] parts = target.Split('?')[0].Split('/');
        return string.Join('/', parts.Select(part => part.Length > 0 && char.IsAsciiDigit(part[0]) ? ":id" : part));
    }

    // An entry, or null if the line is none.
    static Entry? Parse(string line) =>
        line.Split(' ') is [var host, var user, var time, var method, var target, var status, var size, var duration]
            ? new Entry(
                host, user == "-" ? null : user, ParseTime(time), method[1..], Normalize(target[..^1]), ToInt(status), ToInt(size),
                ToInt(duration))
            : null;

    static int Percentile(List<int> ordered, int percent) => ordered[(ordered.Count * percent + 99) / 100 - 1];

    static void ReportHosts(List<Entry> entries, List<string> report)
    {
        foreach (var group in entries.GroupBy(entry => entry.Host).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            long bytes = group.Sum(entry => (long)entry.Size);
            report.Add($"{group.Key}: {group.Count()} requests, {bytes / 1024} kB, {group.Count(entry => entry.Status >= 500)} errors");
        }
    }

    static void ReportPaths(List<Entry> entries, List<string> report)
    {
        var groups = entries.GroupBy(entry => $"{entry.Method} {entry.Path}");
        foreach (var group in groups.OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(10))
        {
            var times = group.Select(entry => entry.Duration).Order().ToList();
            var columns = new[] { 50, 90, 99 }.Select(percent => $"p{percent} {Percentile(times, percent),5}");
            report.Add($"{group.Key,-30} {group.Count(),6} {string.Join(' ', columns)}");
        }
    }

    static void ReportMinutes(List<Entry> entries, List<string> report)
    {
        var groups = entries.GroupBy(entry => entry.Time / 60);
        foreach (var group in groups.OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(5))
        {
            int minute = group.Key;
            int slowest = group.Max(entry => entry.Duration);
            report.Add($"day {minute / 1440} {minute / 60 % 24:00}:{minute % 60:00} {group.Count()} slowest {slowest}");
        }
    }

    // A session ends when its user is silent for half an hour.
    static void ReportSessions(List<Entry> entries, List<string> report)
    {
        var lengths = new List<int>();
        foreach (var visits in entries.Where(entry => entry.User != null).GroupBy(entry => entry.User))
        {
            int start = visits.First().Time;
            int last = start;
            foreach (var visit in visits)
            {
                if (visit.Time - last > SessionGap)
                {
                    lengths.Add(last - start);
                    start = visit.Time;
                }
                last = visit.Time;
            }
            lengths.Add(last - start);
        }
        lengths.Sort();
        report.Add($"{lengths.Count} sessions, median {Percentile(lengths, 50)} s, longest {lengths[^1]} s");
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        string text = string.Join('\n', MakeLines(n, Random));
        string[] lines = text.Split('\n');
        var entries = lines.Select(Parse).OfType<Entry>().ToList();
        var report = new List<string> { $"{entries.Count} entries, {lines.Length - entries.Count} other lines" };
        ReportHosts(entries, report);
        ReportPaths(entries, report);
        ReportMinutes(entries, report);
        ReportSessions(entries, report);
        long sum = text.Length;
        foreach (char c in string.Join('\n', report)) sum = (sum * 31 + c) % 1000000007;
        return sum;
    }
}
