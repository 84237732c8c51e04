using System;
using System.Reflection;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Reads the rows of <see cref="StackOp"/>.</summary>
internal static class StackOps
{
    private static readonly StackOpAttribute[] Rows = Array.ConvertAll(
        Enum.GetNames<StackOp>(), name => typeof(StackOp).GetField(name)!.GetCustomAttribute<StackOpAttribute>()!);

    public static StackOpAttribute Row(this StackOp op) => Rows[(int)op];
}
