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

    // The thread reads one block ahead.
    private readonly BlockingCollection<ReadOnlyMemory<char>> _blocks = new(boundedCapacity: 1);
    private ReadOnlyMemory<char> _block;
    private Thread? _thread;
    private Exception? _failure;

    public override bool IsReadyWithin(TimeSpan time)
    {
        Start();
        if (!_block.IsEmpty || _blocks.IsCompleted || _blocks.TryTake(out _block, time))
        {
            return true;
        }

        return _blocks.IsCompleted;
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

    private void Start()
    {
        if (!_block.IsEmpty)
        {
            return;
        }

        output.Flush();
        if (_thread is null)
        {
            _thread = new Thread(ReadBlocks) { IsBackground = true, Name = "standard input" };
            _thread.Start();
        }
    }

    private void ReadBlocks()
    {
        try
        {
            using StreamReader reader = new(Console.OpenStandardInput(), Encoding.UTF8);
            char[] block = new char[BlockSize];
            while (reader.Read(block, 0, block.Length) is > 0 and int count)
            {
                _blocks.Add(block.AsMemory(0, count));
                block = new char[BlockSize];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = e;
        }

        _blocks.CompleteAdding();
    }
}
