using System;
using System.Globalization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Builtins;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Module <c>time</c>. Reading the time of day needs the capability Clock; the monotonic clock does not.</summary>
internal static class TimeModule
{
    private const double MinUnixSeconds = -62_135_596_800;
    private const double MaxUnixSeconds = 253_402_300_799.999;

    public static void Rows(RowReader rows)
    {
        rows.Row("now()")?.Register(static (c, _) => Value.FromFloat(UnixSeconds(Now(c, "time.now"))), Restartable);
        rows.Row("monotonic()")?.Register(static (c, _) => Value.FromFloat(ControlBuiltins.Seconds(c)), Restartable);
        rows.Row("iso(seconds?)")?.Register(Iso, Restartable);

    }

    /// <summary>
    /// A time as ISO 8601 text in UTC, <c>2026-01-31T12:00:00.000Z</c>: the current time, or the time given in seconds since 1970, as
    /// <c>now</c> returns it.
    /// </summary>
    private static Value Iso(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        DateTimeOffset time = Argument.TryGetNonNil(arguments, 0, out Value given) ? TimeOf(given) : Now(context, "time.iso");
        return Make.Text(context, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>The time of day.</summary>
    /// <exception cref="ScriptErrorException">IOError where the host does not grant it.</exception>
    public static DateTimeOffset Now(ScriptContext context, string proc) =>
        context.Host.Capabilities.HasFlag(LyraCapabilities.Clock)
            ? context.Host.Time.GetUtcNow()
            : throw Throw.Error(ErrorKinds.IOError, $"{proc}: reading the time of day is denied; the host must grant it");

    private static double UnixSeconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static DateTimeOffset TimeOf(in Value seconds)
    {
        double value = Argument.Number(seconds, "time.iso", "seconds");
        return value is >= MinUnixSeconds and <= MaxUnixSeconds
            ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(value * TimeSpan.TicksPerSecond))
            : throw Throw.ValueError("time.iso: 'seconds' must lie in the years 1 to 9999");
    }
}
