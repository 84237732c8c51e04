using System;
using System.IO;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Runs a program on the stack machine, as <c>lyra run</c> does on the tiers.</summary>
internal static class BaselineRun
{
    private const int Failed = 1;
    private const int Invalid = 2;

    /// <summary>Compiles and runs a program, which writes to <paramref name="output"/>.</summary>
    /// <param name="text">The source.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="arguments">The program's <c>os.args()</c>.</param>
    /// <param name="output">The program's output.</param>
    /// <param name="errors">One line if the program does not end by itself.</param>
    /// <returns>The exit code: that of the program, 1 after an uncaught error, 2 if the machine does not support the program.</returns>
    public static int Run(string text, string file, string[] arguments, TextWriter output, TextWriter errors)
    {
        StackMachine machine = new(new HostServices
        {
            Capabilities = LyraCapabilities.Console | LyraCapabilities.Clock,
            Output = output,
            Arguments = arguments,
        });
        try
        {
            machine.Run(StackCompiler.Compile(machine, new SourceText(text, file), LibraryNames.Instance));
            return 0;
        }
        catch (UnsupportedConstructException e)
        {
            errors.WriteLine($"{file}: {e.Message}");
            return Invalid;
        }
        catch (FormatException e)
        {
            errors.WriteLine(e.Message);
            return Invalid;
        }
        catch (ScriptErrorException e) when (e.Error.Class == ErrorClass.Exit)
        {
            return e.Error.ExitCode;
        }
        catch (ScriptErrorException e)
        {
            errors.WriteLine($"{e.Error.ErrorKind}: {e.Error.Message} ({file}, line {machine.ErrorLine})");
            return Failed;
        }
    }
}
