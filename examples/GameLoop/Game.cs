using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Lyra;

namespace GameLoop;

/// <summary>Runs frames: scripts decide, then the world moves. A frame has a budget for scripts, which no script can exceed.</summary>
internal sealed class Game(World world, string scripts, Action<string> print) : IDisposable
{
    private const double FramesPerSecond = 60;
    private const int FramesBetweenPictures = 100;

    /// <summary>
    /// The part of a frame's 16.7 ms that scripts may take. Entities that did not get their turn have it first in the next frame.
    /// </summary>
    private static readonly TimeSpan ScriptBudget = TimeSpan.FromMilliseconds(8);

    private readonly Dictionary<string, Brain> _brains = [];
    private int _nextEntity;

    /// <summary>Plays a number of frames.</summary>
    /// <returns>The exit code: 1 if a script does not compile, else 0.</returns>
    public int Play(int frames, bool isRealTime)
    {
        if (!LoadBrains())
        {
            return 1;
        }

        long start = Stopwatch.GetTimestamp();
        for (int frame = 1; frame <= frames; frame++)
        {
            Update(frame, isRealTime);
            world.Move(1 / FramesPerSecond);
            Show(frame);
            TimeSpan ahead = TimeSpan.FromSeconds(frame / FramesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (isRealTime && ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }

        foreach ((string kind, Brain brain) in _brains)
        {
            print($"{kind}: {brain.Failures} failed updates");
        }

        return 0;
    }

    public void Dispose()
    {
        foreach (Brain brain in _brains.Values)
        {
            brain.Dispose();
        }
    }

    private bool LoadBrains()
    {
        foreach (Entity entity in world.Entities)
        {
            string file = entity.Kind + ".lyra";
            if (_brains.ContainsKey(entity.Kind))
            {
                continue;
            }

            try
            {
                LyraScript script = LyraScript.Compile(File.ReadAllText(Path.Combine(scripts, file)), file);
                _brains[entity.Kind] = new Brain(script);
            }
            catch (LyraCompileException error)
            {
                foreach (Diagnostic diagnostic in error.Diagnostics)
                {
                    print(diagnostic.ToString());
                }

                return false;
            }
            catch (Exception error) when (error is LyraException or IOException or ArgumentException)
            {
                print($"{file}: {error.Message}");
                return false;
            }
        }

        return true;
    }

    private void Update(int frame, bool isRealTime)
    {
        using CancellationTokenSource budget = new();
        if (isRealTime)
        {
            budget.CancelAfter(ScriptBudget);
        }

        for (int i = 0; i < world.Entities.Count && !budget.IsCancellationRequested; i++)
        {
            Entity entity = world.Entities[_nextEntity];
            _nextEntity = (_nextEntity + 1) % world.Entities.Count;
            if (_brains[entity.Kind].Update(entity, frame, 1 / FramesPerSecond, budget.Token) is { } problem)
            {
                world.Log(problem);
            }
        }
    }

    private void Show(int frame)
    {
        foreach (string text in world.TakeEvents())
        {
            print($"{frame,4}  {text}");
        }

        if (frame % FramesBetweenPictures == 0)
        {
            print($"{frame,4}\n{world.Draw()}");
        }
    }
}
