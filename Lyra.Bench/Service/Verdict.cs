using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lyra.Bench.Service;

/// <summary>Collects faults and prints the last line of a report.</summary>
internal sealed class Verdict
{
    /// <summary>The exit code after a fault.</summary>
    public const int Failed = 3;

    private readonly List<string> _faults = [];

    /// <summary>Adds a fault unless the condition holds.</summary>
    public void Require(bool holds, string fault)
    {
        if (!holds && _faults.Count < 20)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Requires that a quantity exceeds an earlier one by at most a fraction of it plus a constant.</summary>
    public void RequireFlat(string what, double early, double late, double part, double constant) =>
        Require(
            late <= early + (early * part) + constant,
            string.Create(CultureInfo.InvariantCulture, $"{what} grew from {early / 1024:N0} KB to {late / 1024:N0} KB"));

    /// <summary>Prints the verdict.</summary>
    /// <returns>The exit code.</returns>
    public int Print(string whenGood)
    {
        Console.WriteLine(_faults.Count == 0 ? $"\nPASSED: {whenGood}" : $"\nFAILED: {string.Join("; ", _faults)}");
        return _faults.Count == 0 ? 0 : Failed;
    }
}
