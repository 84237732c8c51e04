using System.Runtime.CompilerServices;
using Lyra.Tests.Harness;

namespace Lyra.Tests;

/// <summary>Part of every project of tests: prepares the process before its first test.</summary>
internal static class ModuleInitializer
{
    [ModuleInitializer]
    internal static void Initialize() => CompilationChecks.Install();
}
