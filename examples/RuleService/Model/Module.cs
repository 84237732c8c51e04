using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Lyra;

namespace RuleService.Model;

/// <summary>
/// A compiled script. The hash is that of its source and the name that its errors show, so equal scripts of all tenants are one module.
/// </summary>
internal sealed record Module(string Hash, string FileName, string Source, byte[] Code)
{
    /// <summary>The size of source and code.</summary>
    public long Bytes => (Source.Length * sizeof(char)) + Code.Length;

    /// <param name="scriptName">The name of the script, from which that of the file is made.</param>
    /// <param name="source">The source.</param>
    /// <param name="limits">The limits of the tenant.</param>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    public static Module Compile(string scriptName, string source, RunLimits limits)
    {
        string file = scriptName + ".lyra";
        return new Module(HashOf(file, source), file, source, Save(CompileWithin(limits, source, file)));
    }

    /// <summary>The script. Code that another version of Lyra has saved is compiled again.</summary>
    /// <param name="limits">The limits of the tenant.</param>
    public LyraScript Load(RunLimits limits)
    {
        try
        {
            return LyraScript.Load(new MemoryStream(Code, writable: false));
        }
        catch (InvalidDataException)
        {
            return CompileWithin(limits, Source, FileName);
        }
    }

    /// <summary>The only place that compiles, and so the one where the limits of the tenant bound compilation.</summary>
    private static LyraScript CompileWithin(RunLimits limits, string source, string file) => LyraScript.Compile(source, file);

    private static string HashOf(string file, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{source}")));

    private static byte[] Save(LyraScript script)
    {
        using MemoryStream stream = new();
        script.Save(stream);
        return stream.ToArray();
    }
}
