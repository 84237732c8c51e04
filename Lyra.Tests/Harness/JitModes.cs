using System.Collections.Generic;

namespace Lyra.Tests.Harness;

/// <summary>The values of <c>--jit</c> under which every program of the conformance cases and examples is run.</summary>
internal static class JitModes
{
    public static readonly IReadOnlyList<string> All = ["off", "on", "stress"];
}
