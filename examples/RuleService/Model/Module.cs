using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
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
    /// <param name="limits">The limits of the tenant, for compiling and saving.</param>
    /// <param name="token">Ends the work.</param>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    /// <exception cref="LyraLimitException">A limit was reached.</exception>
    public static Module Compile(string scriptName, string source, RunLimits limits, CancellationToken token = default)
    {
        string file = scriptName + ".lyra";
        LyraLimits own = limits.ToLyra();
        using MemoryStream code = new();
        LyraScript.Compile(source, file, limits: own, cancellationToken: token).Save(code, own, token);
        return new Module(HashOf(file, source), file, source, code.ToArray());
    }

    /// <summary>The script. Code that another version of Lyra has saved is compiled again.</summary>
    /// <exception cref="LyraCompileException">The present version of Lyra finds errors in the source.</exception>
    /// <exception cref="LyraLimitException">A limit was reached.</exception>
    public LyraScript Load(RunLimits limits)
    {
        LyraLimits own = limits.ToLyra();
        try
        {
            return LyraScript.Load(new MemoryStream(Code, writable: false), own);
        }
        catch (InvalidDataException)
        {
            return LyraScript.Compile(Source, FileName, limits: own);
        }
    }

    private static string HashOf(string file, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{source}")));
}
