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
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    public static Module Compile(string scriptName, string source)
    {
        string file = scriptName + ".lyra";
        return new Module(HashOf(file, source), file, source, Save(LyraScript.Compile(source, file)));
    }

    /// <summary>The script. Code that another version of Lyra has saved is compiled again.</summary>
    public LyraScript Load()
    {
        try
        {
            return LyraScript.Load(new MemoryStream(Code, writable: false));
        }
        catch (InvalidDataException)
        {
            return LyraScript.Compile(Source, FileName);
        }
    }

    private static string HashOf(string file, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{source}")));

    private static byte[] Save(LyraScript script)
    {
        using MemoryStream stream = new();
        script.Save(stream);
        return stream.ToArray();
    }
}
