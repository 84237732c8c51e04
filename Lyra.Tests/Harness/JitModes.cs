using System.Collections.Generic;

namespace Lyra.Tests.Harness;

/// <summary>The values of <c>--jit</c> with which all conformance cases and examples are run.</summary>
internal static class JitModes
{
    public static readonly IReadOnlyList<string> All = ["off", "on", "stress"];
}
