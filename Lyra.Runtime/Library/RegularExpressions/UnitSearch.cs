using System;
using System.Buffers;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// When the matcher prepares a search for several code units at a time. Preparing one takes up to 1.5 ms when a process does it first, in
/// which the matcher tests a thousand short texts one code unit after another.
/// </summary>
internal static class UnitSearch
{
    /// <summary>The name of the process's datum that replaces <see cref="MinUnits"/>; the fuzzer sets it for each pattern.</summary>
    public const string MinUnitsName = "Lyra.Regex.MinUnits";

    /// <summary>The code units that are tested one by one before. A pattern asks for it when it is compiled.</summary>
    public static int MinUnits => AppContext.GetData(MinUnitsName) is int units ? units : 32_768;

    /// <summary>Searches for code units below 128.</summary>
    /// <param name="low">Those below 64, as bits.</param>
    /// <param name="high">Those from 64 on, as bits.</param>
    public static SearchValues<char> For(ulong low, ulong high)
    {
        char[] units = new char[128];
        int count = 0;
        for (char unit = '\0'; unit < 128; unit++)
        {
            if ((((unit < 64 ? low : high) >> (unit & 63)) & 1) != 0)
            {
                units[count++] = unit;
            }
        }

        return SearchValues.Create(units.AsSpan(0, count));
    }
}
