namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// When the matcher prepares a search for several code units at a time. Preparing one takes up to 1.5 ms when a process does it first, in
/// which the matcher tests a thousand short texts one code unit after another.
/// </summary>
internal static class UnitSearch
{
    /// <summary>The code units that are tested one by one before. The fuzzer sets it before it runs a pattern.</summary>
    public static int MinUnits { get; set; } = 32_768;
}
