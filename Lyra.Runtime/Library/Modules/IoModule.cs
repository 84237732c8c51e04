using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Methods;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

#pragma warning disable RS0030 // FilePolicy returns each path that this module uses.
namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>io</c>: reads and writes files as UTF-8 text, below the folders that the host grants (<see cref="FilePolicy"/>). Every failure
/// of the file system is an IOError.
/// </summary>
internal static class IoModule
{
    private const int PieceLength = 1 << 15;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Rows(RowReader rows)
    {
        rows.Row("readText(path)")?.Register(static (c, a) => Value.FromText(Read(c, a[0], "io.readText")));
        rows.Row("readLines(path)")?.Register(ReadLines);
        rows.Row("writeText(path, text)")?.Register(WriteText);
        rows.Row("appendText(path, text)")?.Register(AppendText);
        rows.Row("exists(path)")?.Register(static (c, a) => Exists(c, a[0], "io.exists"));
        rows.Row("listDir(path?)")?.Register(ListFolder);
        rows.Row("makeDir(path)")?.Register(static (c, a) => MakeFolder(c, a[0], "io.makeDir"));
        rows.Row("remove(path)")?.Register(Remove);

    }

    /// <summary>The rows of the prelude with which <c>test.snapshot</c> keeps its files, under its name.</summary>
    public static void SnapshotRows(RowReader rows)
    {
        rows.Row("readText(path)")?.Register(static (c, a) => Value.FromText(Read(c, a[0], "test.snapshot")));
        rows.Row("writeText(path, text)")?.Register(
            static (c, a) => Put(c, a, "test.snapshot", static stream => stream.SetLength(0)));
        rows.Row("exists(path)")?.Register(static (c, a) => Exists(c, a[0], "test.snapshot"));
        rows.Row("makeDir(path)")?.Register(static (c, a) => MakeFolder(c, a[0], "test.snapshot"));
    }

    /// <summary>The lines without their terminators.</summary>
    private static Value ReadLines(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(StrSplitting.LinesOf(context, Read(context, arguments[0], "io.readLines")));

    private static string Read(ScriptContext context, in Value path, string proc)
    {
        string name = Argument.Text(path, proc, "path");
        string real = FilePolicy.ForReading(context, name, proc);
        return Attempt(proc, name, real, () =>
        {
            using FileStream stream = RegularFile.OpenRead(real);
            if (stream.CanSeek)
            {
                Make.TextLength(context, stream.Length, proc);
            }

            using StreamReader reader = new(stream, Utf8);
            return ReadAll(context, reader, proc);
        });
    }

    /// <summary>Reads in pieces and charges each, because files such as those in /proc have no length and may be endless.</summary>
    private static string ReadAll(ScriptContext context, StreamReader reader, string proc)
    {
        StringBuilder text = new();
        context.Protect(new TextUnderConstruction(text));
        char[] piece = new char[PieceLength];
        while (reader.Read(piece, 0, piece.Length) is > 0 and int count)
        {
            context.Charge(count >> 5);
            context.ChargeMemory(2L * count);
            if (text.Length + (long)count > ScriptString.MaxLength)
            {
                throw Throw.ValueError($"{proc}: the file is longer than a str can be");
            }

            text.Append(piece, 0, count);
        }

        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        context.Unprotect();
        return text.ToString();
    }

    private static Value WriteText(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Put(context, arguments, "io.writeText", static stream => stream.SetLength(0));

    private static Value AppendText(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Put(context, arguments, "io.appendText", static stream => stream.Seek(0, SeekOrigin.End));

    /// <summary>Writes a text into a file, after an action that determines where.</summary>
    private static Value Put(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Action<FileStream> begin)
    {
        string name = Argument.Text(arguments[0], proc, "path");
        string text = Argument.Text(arguments[1], proc, "text");
        string real = FilePolicy.ForWriting(context, name, proc);
        context.Charge(text.Length >> 5);
        Attempt(proc, name, real, () =>
        {
            using FileStream stream = RegularFile.OpenWrite(real);
            begin(stream);
            Write(stream, text);
            return true;
        });
        return Value.Nil;
    }

    private static void Write(FileStream stream, string text)
    {
        using StreamWriter writer = new(stream, Utf8);
        writer.Write(text);
    }

    /// <summary>Whether there is a file or folder.</summary>
    private static Value Exists(ScriptContext context, in Value path, string proc)
    {
        string real = FilePolicy.ForReading(context, Argument.Text(path, proc, "path"), proc);
        return Value.FromBool(File.Exists(real) || Directory.Exists(real));
    }

    /// <summary>The sorted names of a folder's entries; without a path, of the script's folder.</summary>
    private static Value ListFolder(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string name = Argument.TryGetNonNil(arguments, 0, out Value given) ? Argument.Text(given, "io.listDir", "path") : ".";
        string real = FilePolicy.ForReading(context, name, "io.listDir");
        List<string> names = Attempt("io.listDir", name, real, () =>
        {
            List<string> found = [];
            foreach (string entry in Directory.EnumerateFileSystemEntries(real))
            {
                context.Charge(1);
                found.Add(Path.GetFileName(entry));
            }

            return found;
        });
        names.Sort(StringComparer.Ordinal);
        Value[] values = new Value[names.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Make.Text(context, names[i]);
        }

        return Value.FromObject(ListObject.Of(context, values));
    }

    private static Value MakeFolder(ScriptContext context, in Value path, string proc)
    {
        string name = Argument.Text(path, proc, "path");
        string real = FilePolicy.ForWriting(context, name, proc);
        Attempt(proc, name, real, () =>
        {
            MakeFolders(real, FilePolicy.ChargeOfParts(context));
            return true;
        });
        return Value.Nil;
    }

    /// <summary>Makes a folder and those above it, one by one: with 2,000 of them, a single call of .NET takes half a second.</summary>
    private static void MakeFolders(string real, Action charge)
    {
        Stack<int> missing = [];
        for (string? folder = real; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            charge();
            missing.Push(folder.Length);
        }

        while (missing.TryPop(out int length))
        {
            charge();
            Directory.CreateDirectory(real[..length]);
        }
    }

    /// <summary>Removes a file or an empty folder; returns whether it existed.</summary>
    private static Value Remove(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string name = Argument.Text(arguments[0], "io.remove", "path");
        string real = FilePolicy.ForWriting(context, name, "io.remove");
        return Value.FromBool(Attempt("io.remove", name, real, () =>
        {
            if (Directory.Exists(real))
            {
                Directory.Delete(real);
                return true;
            }

            bool isThere = File.Exists(real);
            File.Delete(real);
            return isThere;
        }));
    }

    /// <summary>
    /// Converts a system error to an IOError that names the path as the script wrote it, not its real location.
    /// </summary>
    private static T Attempt<T>(string proc, string name, string real, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Throw.Error(ErrorKinds.IOError, $"{proc}: {Reason(proc, name, real, e)}");
        }
    }

    /// <summary>Operating systems differ in how they report a folder in place of a file, and the reverse.</summary>
    private static string Reason(string proc, string name, string real, Exception e)
    {
        bool wantsFolder = proc is "io.listDir" or "io.makeDir";
        return e switch
        {
            IrregularFileException => $"'{name}' {e.Message}",
            _ when wantsFolder && File.Exists(real) => $"'{name}' is a file, not a folder",
            _ when !wantsFolder && proc != "io.remove" && Directory.Exists(real) => $"'{name}' is a folder, not a file",
            FileNotFoundException or DirectoryNotFoundException => $"there is no '{name}'",
            UnauthorizedAccessException => $"the system denied access to '{name}'",
            _ => $"'{name}' can't be used this way",
        };
    }
}
