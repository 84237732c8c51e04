using System.Collections.Generic;

namespace Lyra.Bench.Suite.Counting;

/// <summary>What a program executes. The same on every machine.</summary>
/// <param name="Program">The program.</param>
/// <param name="N">Its argument.</param>
/// <param name="Counts">The counters by name.</param>
internal sealed record CounterRow(string Program, long N, IReadOnlyDictionary<string, long> Counts);
