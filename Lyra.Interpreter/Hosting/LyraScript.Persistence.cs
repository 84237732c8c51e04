using System;
using System.IO;
using System.Threading;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Storage;

namespace Lyra;

/// <content>Saving and loading.</content>
public sealed partial class LyraScript
{
    /// <summary>Writes the compiled script, with a version number and a checksum.</summary>
    /// <param name="stream">The stream to write to. It stays open.</param>
    /// <param name="limits">The limits on time and memory, as for <see cref="Compile"/>.</param>
    /// <param name="cancellationToken">Ends the work, before anything is written.</param>
    /// <exception cref="LyraLimitException">A limit was reached. Nothing was written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidDataException">The script needs more than 2 GB.</exception>
    public void Save(Stream stream, LyraLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            WorkBudget budget = new("saving a script", limits, cancellationToken);
            ReadOnlyMemory<byte> body = budget.Do(meter => ModuleWriter.Body(Module, meter));
            stream.Write(ModuleWriter.Header(body.Span));
            stream.Write(body.Span);
        }
        catch (ModuleFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>
    /// Reads a script that <see cref="Save"/> wrote. The data is verified, so that even forged data can't harm the process.
    /// </summary>
    /// <param name="stream">The stream to read from. It stays open.</param>
    /// <param name="limits">The limits on time and memory, as for <see cref="Compile"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">The data is damaged, invalid or of another version.</exception>
    /// <exception cref="LyraLimitException">A limit was reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LyraScript Load(Stream stream, LyraLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            WorkBudget budget = new("loading a script", limits, cancellationToken);
            return new LyraScript(budget.Do(meter => ModuleReader.Read(stream, meter)), []);
        }
        catch (ModuleFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
