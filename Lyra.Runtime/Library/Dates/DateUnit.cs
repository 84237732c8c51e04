namespace Lyra.Runtime.Library.Dates;

/// <summary>The units to whose start <c>startOf</c> goes.</summary>
internal enum DateUnit
{
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
