using System;
using System.IO;
using Lyra.Runtime.Bytecode;

namespace Lyra;

/// <content>Saving and loading.</content>
public sealed partial class LyraScript
{
    /// <summary>Writes the compiled script: versioned and checksummed.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModuleWriter.Write(Module, stream);
    }

    /// <summary>Reads a script that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The data is damaged, hostile, or of another version; nothing of it is ever run.</exception>
    public static LyraScript Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return new LyraScript(ModuleReader.Read(stream), []);
        }
        catch (ModuleFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
