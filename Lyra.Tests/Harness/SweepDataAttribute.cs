using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Lyra.Tests.Harness;

/// <summary>
/// The rows of a sweep: those of a member, as with <see cref="MemberDataAttribute"/>, of which a run executes the part that
/// <see cref="Sweep"/> chooses. The names of rows are <c>Class.Method: argument, argument</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SweepDataAttribute(string memberName, params object?[] arguments) : MemberDataAttributeBase(memberName, arguments)
{
    public override async ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        // A class that inherits the test has a sample of its own.
        string sweep = $"{testMethod.ReflectedType!.Name}.{testMethod.Name}";
        IReadOnlyCollection<ITheoryDataRow> rows = await base.GetData(testMethod, disposalTracker);
        string[] gone = [.. Sweep.Failed.Where(name => name.StartsWith($"{sweep}: ")).Except(rows.Select(row => NameOf(sweep, row)))];
        return gone.Length == 0
            ? [.. Sweep.Rows(rows, row => NameOf(sweep, row))]
            : throw new InvalidOperationException($"failed.txt lists rows that do not exist: {string.Join("; ", gone)}");
    }

    private static string NameOf(string sweep, ITheoryDataRow row) => $"{sweep}: "
        + string.Join(", ", row.GetData().Select(static argument => Convert.ToString(argument, CultureInfo.InvariantCulture)))
            .ReplaceLineEndings("\\n");
}
