using System;
using System.IO;
using Lyra.Runtime.Storage;

namespace Lyra;

/// <content>Saving and loading.</content>
public sealed partial class LyraScript
{
    /// <summary>Writes the compiled script, with a version number and a checksum.</summary>
    /// <param name="stream">The stream to write to. It stays open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModuleWriter.Write(Module, stream);
    }

    /// <summary>
    /// Reads a script that <see cref="Save"/> wrote. The data is verified, so that even forged data can't harm the process.
    /// </summary>
    /// <param name="stream">The stream to read from. It stays open.</param>
    /// <exception cref="InvalidDataException">The data is damaged, invalid or of another version.</exception>
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
