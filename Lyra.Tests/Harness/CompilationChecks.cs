using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;

namespace Lyra.Tests.Harness;

/// <summary>
/// All IR and IL that any test in this process compiles is verified, while its script waits; <see cref="LyraCommand"/> asks the same of the command.
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
