using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Verification;

/// <summary>
/// Verifies what is compiled while an engine runs: every method of it goes into an assembly, and the verifier reads that as it would any other. One of
/// these serves many engines, and reads the libraries that the assemblies refer to once.
/// </summary>
internal sealed class ProgramVerifier : IDisposable
{
    private readonly FolderResolver _libraries = new([AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!]);

    /// <summary>Options as given, but that what is compiled is compiled at once, so that none of it is missed.</summary>
    public static LyraOptions OptionsFor(LyraOptions options) => options with { CompilesInBackground = false };

    /// <summary>Has an engine keep what it compiles, from its first script on.</summary>
    public static EmittedMethods Watch(LyraEngine engine)
    {
        EmittedMethods methods = new();
        engine.ListenToCompiler(methods);
        return methods;
    }

    /// <summary>Makes an assembly of what was compiled, and verifies it.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="methods">What was compiled.</param>
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
