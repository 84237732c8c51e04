using System;
using RadLine;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>
/// The keyboard for RadLine. It reports every key as the same one, to which <see cref="TerminalEditor"/> is bound, and that takes the key
/// from here. So the editor sees all changes of the text: RadLine would insert characters without asking. One key is read at a time: those
/// that are typed ahead belong to the script.
/// </summary>
internal sealed class KeySource : IInputSource
{
    /// <summary>The key that RadLine gets.</summary>
    public const ConsoleKey Signal = ConsoleKey.F24;

    private ConsoleKeyInfo _key;
    private bool _isTaken = true;

    /// <summary>Whether the next read returns at once and without a key: the editor has something left to do.</summary>
    public bool HasWork { get; set; }

    /// <summary>Whether further keys are waiting, as when text is pasted.</summary>
    public static bool IsPasting => Console.KeyAvailable;

    /// <inheritdoc/>
    public bool ByPassProcessing => true;

    /// <summary>Reading waits for a key, so there is one as soon as the last one was used.</summary>
    public bool IsKeyAvailable() => _isTaken;

    /// <inheritdoc/>
    public ConsoleKeyInfo ReadKey()
    {
        if (!HasWork)
        {
            _key = Read();
        }

        _isTaken = false;
        return new ConsoleKeyInfo('\0', Signal, shift: false, alt: false, control: false);
    }

    /// <summary>Reads a key. .NET takes Alt with a key, which sends an escape first, for two keys if others follow at once.</summary>
    private static ConsoleKeyInfo Read()
    {
        ConsoleKeyInfo key = Console.ReadKey(intercept: true);
        if (key.Key != ConsoleKey.Escape || !Console.KeyAvailable)
        {
            return key;
        }

        key = Console.ReadKey(intercept: true);
        bool isShift = (key.Modifiers & ConsoleModifiers.Shift) != 0;
        bool isControl = (key.Modifiers & ConsoleModifiers.Control) != 0;
        return new ConsoleKeyInfo(key.KeyChar, key.Key, isShift, alt: true, isControl);
    }

    /// <summary>The key that was read.</summary>
    public ConsoleKeyInfo Take()
    {
        _isTaken = true;
        return _key;
    }
}
