using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;

namespace Lyra.Tests.Harness;

/// <summary>
/// Verifies all IR and IL that tests compile in this process, on the thread of the script. Each project of tests installs it before its
/// first test. <see cref="LyraCommand"/> requests the same of the command.
/// </summary>
internal static class CompilationChecks
{
    public static void Install()
    {
        RegionCompiler.Checks = new CompileChecks();
        TierSettings.BackgroundByDefault = false;
    }
}
