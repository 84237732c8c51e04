using System;
using Lyra;

namespace GameLoop;

/// <summary>A thing in the world. Scripts see the marked members, and decide what it does: the game moves it.</summary>
[LyraType]
public sealed partial class Entity(World world, string kind, string name, double x, double y)
{
    /// <summary>The script that controls it: <c>KIND.lyra</c>.</summary>
    [LyraMember]
    public string Kind { get; } = kind;

    [LyraMember]
    public string Name { get; } = name;

    [LyraMember]
    public double X { get; private set; } = x;

    [LyraMember]
    public double Y { get; private set; } = y;

    /// <summary>What it carries.</summary>
    [LyraMember]
    public int Cargo { get; set; }

    /// <summary>Its velocity, which the script sets by <see cref="Steer"/>.</summary>
    internal double VelocityX { get; private set; }

    internal double VelocityY { get; private set; }

    /// <summary>Moves toward a point from now on, at a speed in units per second that is at most 12.</summary>
    [LyraMember]
    public void Steer(double towardX, double towardY, double speed = 6)
    {
        double distance = Math.Sqrt(Square(towardX - X) + Square(towardY - Y));
        double factor = distance < 0.1 ? 0 : Math.Clamp(speed, 0, 12) / distance;
        VelocityX = (towardX - X) * factor;
        VelocityY = (towardY - Y) * factor;
    }

    [LyraMember]
    public void Stop() => VelocityX = VelocityY = 0;

    [LyraMember]
    public void Say(string text) => world.Log($"{Name}: {text}");

    /// <summary>The nearest entity of a kind that is not farther away than <paramref name="range"/>, or nil.</summary>
    [LyraMember]
    public Entity? See(string ofKind, double range) => world.Nearest(this, ofKind, range);

    [LyraMember]
    public double DistanceTo(Entity other) => Math.Sqrt(Square(other.X - X) + Square(other.Y - Y));

    internal void Move(double seconds)
    {
        X = Math.Clamp(X + (VelocityX * seconds), 0, World.Width - 1);
        Y = Math.Clamp(Y + (VelocityY * seconds), 0, World.Height - 1);
    }

    private static double Square(double value) => value * value;
}
