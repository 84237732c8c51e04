using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;
using System.Threading;
using Lyra.Runtime.Hosting;

namespace Lyra.Cli.Output;

/// <summary>
/// Standard input. A thread of its own reads it from the first use on, so that a limit can end a script that waits for input. Reading
/// flushes the output first, so that a prompt is visible.
/// </summary>
internal sealed class InputReader(TextWriter output) : PolledReader
{
    private const int BlockSize = 4_096;

    // The thread reads one block ahead. Made at the first use: most scripts read nothing, and its types take 0.3 ms to load.
    private BlockingCollection<ReadOnlyMemory<char>>? _blocks;
    private ReadOnlyMemory<char> _block;
    private Exception? _failure;

    public override bool IsReadyWithin(TimeSpan time)
    {
        BlockingCollection<ReadOnlyMemory<char>> blocks = Start();
        if (!_block.IsEmpty || blocks.IsCompleted || blocks.TryTake(out _block, time))
        {
            return true;
        }

        return blocks.IsCompleted;
    }

    public override int Peek() => HasText() ? _block.Span[0] : -1;

    public override int Read()
    {
        if (!HasText())
        {
            return -1;
        }

        int unit = _block.Span[0];
        _block = _block[1..];
        return unit;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (count == 0 || !HasText())
        {
            return 0;
        }

        int length = Math.Min(count, _block.Length);
        _block.Span[..length].CopyTo(buffer.AsSpan(index));
        _block = _block[length..];
        return length;
    }

    /// <summary>Whether there is text, for which it waits; false at the end.</summary>
    private bool HasText()
    {
        while (!IsReadyWithin(Timeout.InfiniteTimeSpan))
        {
        }

        return !_block.IsEmpty || (_failure is { } failure ? throw new IOException(failure.Message, failure) : false);
    }

    /// <summary>Starts the thread at the first use; before a wait, writes what the script has printed.</summary>
    private BlockingCollection<ReadOnlyMemory<char>> Start()
    {
        if (_block.IsEmpty)
        {
            output.Flush();
        }

        if (_blocks is null)
        {
            BlockingCollection<ReadOnlyMemory<char>> blocks = new(boundedCapacity: 1);
            new Thread(() => ReadBlocks(blocks)) { IsBackground = true, Name = "standard input" }.Start();
            _blocks = blocks;
        }

        return _blocks;
    }

    private void ReadBlocks(BlockingCollection<ReadOnlyMemory<char>> blocks)
    {
        try
        {
            using StreamReader reader = new(Console.OpenStandardInput(), Encoding.UTF8);
            char[] block = new char[BlockSize];
            while (reader.Read(block, 0, block.Length) is > 0 and int count)
            {
                blocks.Add(block.AsMemory(0, count));
                block = new char[BlockSize];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = e;
        }

        blocks.CompleteAdding();
    }
}
