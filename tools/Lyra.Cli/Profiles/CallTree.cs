using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Profiles;

/// <summary>The calls of a profile as a flame graph.</summary>
internal static class CallTree
{
    /// <summary>Calls below this part of the time are left out: they would be narrower than a pixel.</summary>
    private const double SmallestPart = 0.001;

    /// <summary>Deeper calls are left out.</summary>
    private const int MaxDepth = 60;

    public static ReportFlame Of(LyraProfile profile)
    {
        double[] weights = [.. profile.Calls.Select(call => call.ExclusiveTime.TotalMilliseconds)];
        for (int id = weights.Length - 1; id >= 0; id--)
        {
            // Callers precede their callees.
            if (profile.Calls[id].Caller is >= 0 and int caller)
            {
                weights[caller] += weights[id];
            }
        }

        ILookup<int, ProfiledCall> callees = profile.Calls.ToLookup(call => call.Caller);
        double total = callees[-1].Sum(call => weights[call.Id]);
        return new ReportFlame("all", Text("all", total, total), total, FlamesOf(-1, 1));

        List<ReportFlame> FlamesOf(int caller, int depth) =>
        [
            .. callees[caller].Where(call => depth < MaxDepth && weights[call.Id] > SmallestPart * total)
                .Select(call => new ReportFlame(
                    call.Proc, Text(PlaceOf(call), weights[call.Id], total), weights[call.Id], FlamesOf(call.Id, depth + 1))),
        ];
    }

    private static string PlaceOf(ProfiledCall call) =>
        ProfiledPlace.OfProc(call.Proc, call.File, call.Line);

    private static string Text(string name, double time, double total) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {time:N1} ms, {(total > 0 ? 100 * time / total : 0):0.0} %");
}
