using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;

namespace Lyra.Tests.Harness;

/// <summary>
/// Verifies all IR and IL that tests compile in this process, on the thread of the script. <see cref="LyraCommand"/> requests the same of
/// the command.
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
