using System;
using System.Collections.Generic;
using System.Linq;

namespace GameLoop;

/// <summary>The entities, their positions, and what happened in the present frame.</summary>
public sealed class World
{
    public const int Width = 40;
    public const int Height = 10;

    private readonly List<Entity> _entities = [];
    private readonly List<string> _events = [];

    public IReadOnlyList<Entity> Entities => _entities;

    public void Add(Entity entity) => _entities.Add(entity);

    public void Log(string text) => _events.Add(text);

    public Entity? Nearest(Entity from, string kind, double range) =>
        _entities.Where(other => other != from && other.Kind == kind && from.DistanceTo(other) <= range)
            .MinBy(from.DistanceTo);

    public void Move(double seconds)
    {
        foreach (Entity entity in _entities)
        {
            entity.Move(seconds);
        }
    }

    /// <summary>What was logged since the last call.</summary>
    public string[] TakeEvents()
    {
        string[] events = [.. _events];
        _events.Clear();
        return events;
    }

    /// <summary>The world as lines of text, with the first letter of each entity's kind.</summary>
    public string Draw()
    {
        char[][] rows = [.. Enumerable.Range(0, Height).Select(_ => new string('.', Width).ToCharArray())];
        foreach (Entity entity in _entities)
        {
            rows[(int)Math.Round(entity.Y)][(int)Math.Round(entity.X)] = char.ToUpperInvariant(entity.Kind[0]);
        }

        return string.Join('\n', rows.Select(row => new string(row)));
    }
}
