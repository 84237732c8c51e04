// n readings of each of two sensors through generators (dedupe, window, zip, batch), with statistics of the results
static class Sensors
{
    const long Mod = 1000000007;

    sealed record Reading(string Sensor, int Time, int Value);

    sealed class Stats
    {
        long count, total, squares;
        int? low, high;

        public void Add(int value)
        {
            count++;
            total += value;
            squares += (long)value * value;
            if (low == null || value < low) low = value;
            if (high == null || value > high) high = value;
        }

        double Mean() => (double)total / count;

        double Deviation()
        {
            double mean = Mean();
            return Math.Sqrt((double)squares / count - mean * mean);
        }

        public long Checksum()
        {
            long mean = (long)Math.Floor(Mean() * 1000) + 1000000000;
            long[] parts = [count, low!.Value + 1000000, high!.Value + 1000000, mean, (long)Math.Floor(Deviation() * 1000)];
            return parts.Aggregate(0L, (sum, x) => (sum * 31 + x) % Mod);
        }
    }

    // A random walk that stays near 500.
    static IEnumerable<Reading> Readings(string sensor, int count, long start)
    {
        long seed = start;
        int value = 500;
        for (int time = 0; time < count; time++)
        {
            seed = seed * 16807 % 2147483647;
            value += (int)(seed % 9) - 4;
            if (seed % 4 == 0) value += value < 500 ? 2 : -2;
            yield return new Reading(sensor, time, value);
        }
    }

    static IEnumerable<Reading> Dedupe(IEnumerable<Reading> source)
    {
        Reading? last = null;
        foreach (var reading in source)
        {
            if (last == null || reading.Value != last.Value) yield return reading;
            last = reading;
        }
    }

    // Each run of size neighbors.
    static IEnumerable<List<T>> Window<T>(IEnumerable<T> source, int size)
    {
        var recent = new Queue<T>();
        foreach (var item in source)
        {
            recent.Enqueue(item);
            if (recent.Count > size) recent.Dequeue();
            if (recent.Count == size) yield return recent.ToList();
        }
    }

    static IEnumerable<Reading> Smooth(IEnumerable<List<Reading>> windows)
    {
        foreach (var readings in windows)
        {
            int total = readings.Sum(r => r.Value);
            var last = readings[^1];
            yield return new Reading(last.Sensor, last.Time, total / readings.Count);
        }
    }

    static IEnumerable<(T, T)> Zip<T>(IEnumerable<T> first, IEnumerable<T> second)
    {
        using var a = first.GetEnumerator();
        using var b = second.GetEnumerator();
        while (a.MoveNext() && b.MoveNext()) yield return (a.Current, b.Current);
    }

    static IEnumerable<List<T>> Batch<T>(IEnumerable<T> source, int size)
    {
        var items = new List<T>();
        foreach (var item in source)
        {
            items.Add(item);
            if (items.Count == size)
            {
                yield return items;
                items = [];
            }
        }
        if (items.Count > 0) yield return items;
    }

    static IEnumerable<T> Select<T>(IEnumerable<T> source, Func<T, bool> wanted)
    {
        foreach (var item in source)
            if (wanted(item)) yield return item;
    }

    static string Level(int difference) => difference < -8 ? "below" : difference > 8 ? "above" : "near";

    public static long Run(int n)
    {
        var inside = Smooth(Window(Dedupe(Readings("inside", n, 42)), 5));
        var outside = Smooth(Window(Dedupe(Readings("outside", n, 4711)), 5));
        var differences = new Stats();
        var lags = new Stats();
        var peaks = new Stats();
        var levels = new Dictionary<string, int> { ["below"] = 0, ["near"] = 0, ["above"] = 0 };
        long sum = 0;
        int batches = 0;
        foreach (var pairs in Batch(Zip(inside, outside), 16))
        {
            batches++;
            foreach (var (a, b) in pairs)
            {
                int difference = a.Value - b.Value;
                differences.Add(difference);
                lags.Add(a.Time - b.Time);
                levels[Level(difference)]++;
                sum = (sum * 31 + a.Value * 7 + b.Value + a.Time) % Mod;
            }
            peaks.Add(pairs.Max(pair => Math.Max(pair.Item1.Value, pair.Item2.Value)));
        }

        var alarms = new Dictionary<int, int>();
        foreach (var reading in Select(Dedupe(Readings("inside", n, 1234)), r => r.Value > 510))
        {
            int hour = reading.Time / 60 % 24;
            alarms[hour] = alarms.GetValueOrDefault(hour) + 1;
        }

        foreach (var stats in new[] { differences, lags, peaks }) sum = (sum * 31 + stats.Checksum()) % Mod;
        foreach (string name in new[] { "below", "near", "above" }) sum = (sum * 31 + levels[name]) % Mod;
        for (int hour = 0; hour < 24; hour++) sum = (sum * 31 + alarms.GetValueOrDefault(hour)) % Mod;
        return (sum * 31 + batches) % Mod;
    }
}
