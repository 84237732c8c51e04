using System.Globalization;

namespace Lyra.Bench.Suite.Results;

/// <summary>Numbers as tables show them.</summary>
internal static class BenchFigures
{
    private const string None = "-";

    /// <summary>Three digits or two decimals.</summary>
    public static string Ratio(double? ratio) => ratio switch
    {
        null => None,
        < 10 => ratio.Value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => ratio.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => ratio.Value.ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Seconds(double? seconds) =>
        seconds?.ToString(seconds < 0.1 ? "0.0000" : "0.000", CultureInfo.InvariantCulture) ?? None;

    /// <summary>A whole number as such, and any other as <see cref="Ratio"/> shows it.</summary>
    public static string Plain(double value) => double.IsInteger(value) ? Count((long)value) : Ratio(value);

    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? None;

    /// <summary>A change with its sign.</summary>
    public static string Percent(double share) => (share * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";
}
