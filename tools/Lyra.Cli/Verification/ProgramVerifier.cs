using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Verification;

/// <summary>
/// Verifies the code that an engine compiles. It writes every compiled method into an assembly, and verifies this assembly like any other.
/// One verifier serves many engines, and reads each referenced library once.
/// </summary>
internal sealed class ProgramVerifier : IDisposable
{
    private readonly FolderResolver _libraries = new([AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!]);

    /// <summary>The given options, but without compilation in the background, so that no compiled code is missed.</summary>
    public static LyraOptions OptionsFor(LyraOptions options) => options with { CompilesInBackground = false };

    /// <summary>Makes an engine keep the methods that it compiles. Call it before the first script.</summary>
    public static EmittedMethods Watch(LyraEngine engine)
    {
        EmittedMethods methods = new();
        engine.Compiler.Listen(methods);
        return methods;
    }

    /// <summary>Writes the compiled methods into an assembly and verifies it.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="methods">The compiled methods.</param>
    public VerifiedProgram Verify(string name, EmittedMethods methods)
    {
        using MemoryStream image = new();
        methods.WriteTo(image, name);
        image.Position = 0;
        List<string> faults = [];
        foreach (Message message in AssemblyVerifier.Verify(image, _libraries))
        {
            faults.Add(message.ToString());
        }

        return new VerifiedProgram(image.ToArray(), faults);
    }

    public void Dispose() => _libraries.Dispose();
}
