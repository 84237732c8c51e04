namespace Lyra;

/// <summary>What scripts see of the dates, times and durations that a host passes.</summary>
public enum LyraDates
{
    /// <summary>Dates and times are strs in ISO 8601, a <see cref="System.TimeSpan"/> is a number of seconds.</summary>
    Text,

    /// <summary>
    /// They are values of the types <c>date</c>, <c>time</c>, <c>datetime</c> and <c>duration</c>, as those that scripts make with module
    /// <c>date</c>.
    /// </summary>
    Values,
}
