using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;

namespace Lyra.Tests.Harness;

/// <summary>
/// Verifies all IR and IL that a test in this process compiles, while the script waits; <see cref="LyraCommand"/> asks the same of the
/// command.
/// </summary>
internal static class CompilationChecks
{
    [ModuleInitializer]
    internal static void Install()
    {
        RegionCompiler.Checks = new CompileChecks();
        TierSettings.BackgroundByDefault = false;
    }
}
